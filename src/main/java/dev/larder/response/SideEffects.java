package dev.larder.response;

/** Watches what a resource method sets past Jakarta REST while it runs, as by the servlet API. */
public interface SideEffects {

    /** Nobody can set anything. */
    SideEffects NONE = new SideEffects() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
    };

    /** The resource method is about to run. */
    void begin();

    /** The resource method has answered: what is set from now on is not its own. */
    void end();
}
