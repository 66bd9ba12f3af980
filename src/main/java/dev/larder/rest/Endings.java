package dev.larder.rest;

import dev.larder.response.Hit.Ending;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;

/** Turns a whole response into a 206, 304 or 412, after all filters and interceptors have left it whole. */
final class Endings {

    private Endings() {}

    static void apply(Captured captured, Ending ending, MultivaluedMap<String, Object> headers) {
        setStatus(captured, ending.status());
        if (ending.isPart()) {
            headers.putSingle("Content-Range", ending.fields().first("Content-Range"));
        } else {
            removeFieldsOfWhole(captured, ending.status() == 304, headers);
        }
    }

    /** Turns a response that the resource method made for this request into a 304. */
    static void notModified(Captured captured, MultivaluedMap<String, Object> headers) {
        setStatus(captured, 304);
        removeFieldsOfWhole(captured, true, headers);
    }

    private static void setStatus(Captured captured, int status) {
        ContainerResponseContext response = captured.response();
        if (response != null) {
            response.setStatus(status);
        }
        ServletExchange servlet = captured.servlet().exchange();
        if (servlet != null) {
            servlet.response().setStatus(status); // RESTEasy has already set the other status there
        }
    }

    private static void removeFieldsOfWhole(
            Captured captured, boolean notModified, MultivaluedMap<String, Object> headers) {
        // one by one, since the key set of CXF's map is a copy
        for (String name : List.copyOf(headers.keySet())) {
            if (notModified
                    ? captured.exchange().isOnlyInFull(name)
                    : captured.exchange().isOfFull(name)) {
                headers.remove(name);
            }
        }
    }
}
