package dev.larder.rest;

import dev.larder.response.Hit.Ending;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;

/** Turns a whole response into a 206, 304 or 412, if no filter or interceptor has changed it. */
final class StatusChange {

    private StatusChange() {}

    static void apply(CapturedExchange captured, Ending ending, MultivaluedMap<String, Object> headers) {
        setStatus(captured, ending.status());
        if (ending.isPart()) {
            headers.putSingle("Content-Range", ending.fields().first("Content-Range"));
        } else {
            removeFieldsOfWhole(captured, ending.status() == 304, headers);
        }
    }

    /** Turns the response of the resource method into a 304. */
    static void notModified(CapturedExchange captured, MultivaluedMap<String, Object> headers) {
        setStatus(captured, 304);
        removeFieldsOfWhole(captured, true, headers);
    }

    private static void setStatus(CapturedExchange captured, int status) {
        ContainerResponseContext response = captured.response();
        if (response != null) {
            response.setStatus(status);
        }
        ServletExchange servlet = captured.servlet().exchange();
        if (servlet != null) {
            servlet.response().setStatus(status); // RESTEasy has set the status of the whole there already
        }
    }

    private static void removeFieldsOfWhole(
            CapturedExchange captured, boolean notModified, MultivaluedMap<String, Object> headers) {
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
