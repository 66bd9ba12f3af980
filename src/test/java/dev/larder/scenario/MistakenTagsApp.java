package dev.larder.scenario;

import dev.larder.Cache;
import dev.larder.CacheInvalidate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Vetoed;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;

/** The application under test of {@link MistakenIT} in which every tag, and every annotation that invalidates, is a mistake. */
class MistakenTagsApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    public record Book(long isbn, String title) {}

    @Path("mistaken")
    @RequestScoped
    public static class Mistaken {
        @GET
        @Path("{id}")
        @Cache(tags = "book:{idd}")
        public String unresolved(@PathParam("id") String id, @QueryParam("lang") String language) {
            return "";
        }

        @GET
        @Path("many")
        @Cache(
                tags = {
                    "00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15",
                            "16",
                    "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "32",
                            "33",
                    "34", "35", "36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48", "49",
                            "50",
                    "51", "52", "53", "54", "55", "56", "57", "58", "59", "60", "61", "62", "63", "64"
                })
        public String tooMany() {
            return "";
        }

        @PUT
        @Path("{id}")
        @CacheInvalidate(tags = "book:{1.id}")
        public void noSuchMember(@PathParam("id") String id, Book book) {}

        @PUT
        @Path("open")
        @CacheInvalidate(tags = "book:{0")
        public void open(String any) {}

        @PUT
        @Path("none")
        @CacheInvalidate(tags = {})
        public void nothing() {}

        @GET
        @Path("both")
        @Cache
        @CacheInvalidate(tags = "books")
        public String cached() {
            return "";
        }
    }

    @ApplicationScoped
    public static class Hidden {
        @CacheInvalidate(tags = "books")
        private void hidden() {}

        @CacheInvalidate(tags = "books")
        static void ofTheClass() {}

        void all() {
            hidden();
            ofTheClass();
        }
    }

    @ApplicationScoped
    @CacheInvalidate(tags = "books")
    public static class OnType {
        public void change() {}
    }

    /** No bean by itself. */
    @Vetoed
    public static class MadeByHand {
        @CacheInvalidate(tags = "books")
        public void change() {}
    }

    @Vetoed
    public static class HeldByHand {
        @CacheInvalidate(tags = "books")
        public void change() {}
    }

    @ApplicationScoped
    public static class Maker {
        @Produces
        HeldByHand held = new HeldByHand();

        @Produces
        MadeByHand made() {
            return new MadeByHand();
        }
    }
}
