package dev.larder.response;

/** Watches what a resource method sets by other means than Jakarta REST while it runs, such as the servlet API. */
public interface SideEffects {

    /** Watches nothing. */
    SideEffects NONE = new SideEffects() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
    };

    /** The resource method is about to run. */
    void begin();

    /** The resource method has returned: a field that is set from now on is not its own. */
    void end();
}
