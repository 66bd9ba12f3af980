package dev.larder.bench.hit;

import dev.larder.Cache;
import jakarta.enterprise.context.ApplicationScoped;

/** The same three methods four times: cached, cached with two tags, behind a bare interceptor that answers, and behind one that proceeds. */
class Books {

    private Books() {}

    /** Each call that runs returns another object, so that a hit can be told. */
    @ApplicationScoped
    public static class Cached {

        @Cache(ttl = 3600)
        public String none() {
            return new String(Constant.TEXT);
        }

        @Cache(ttl = 3600)
        public String text(String author) {
            return new String(Constant.TEXT);
        }

        @Cache(ttl = 3600)
        public String numberAndText(long id, String author) {
            return new String(Constant.TEXT);
        }
    }

    @ApplicationScoped
    public static class Tagged {

        @Cache(
                ttl = 3600,
                tags = {"books", "lists"})
        public String none() {
            return new String(Constant.TEXT);
        }

        @Cache(
                ttl = 3600,
                tags = {"books", "lists"})
        public String text(String author) {
            return new String(Constant.TEXT);
        }

        @Cache(
                ttl = 3600,
                tags = {"books", "lists"})
        public String numberAndText(long id, String author) {
            return new String(Constant.TEXT);
        }
    }

    @ApplicationScoped
    public static class Answered {

        @Constant
        public String none() {
            return Constant.TEXT;
        }

        @Constant
        public String text(String author) {
            return Constant.TEXT;
        }

        @Constant
        public String numberAndText(long id, String author) {
            return Constant.TEXT;
        }
    }

    @ApplicationScoped
    public static class Proceeding {

        @Proceed
        public String none() {
            return Constant.TEXT;
        }

        @Proceed
        public String text(String author) {
            return Constant.TEXT;
        }

        @Proceed
        public String numberAndText(long id, String author) {
            return Constant.TEXT;
        }
    }
}
