package dev.larder.response;

import dev.larder.http.Reason;
import dev.larder.singleflight.SingleFlight;
import org.jspecify.annotations.Nullable;

/**
 * The state of a request; immutable. From {@link Captured} and {@link LookedUp} it goes to any of the others.
 * From {@link Recording} it may still go to {@link Served}, in place of a response of the method. The end is {@link Served}
 * or {@link Done}.
 */
sealed interface State {

    /** Nothing is decided. */
    record Captured() implements State {}

    /** Nothing that is stored can be served. The request may join others that miss the same key, and run the method. */
    record LookedUp(Lookup lookup) implements State {}

    /**
     * A stored response is served.
     *
     * @param collapsed whether another request for the same key recorded it meanwhile
     */
    record Served(Hit hit, boolean collapsed) implements State {}

    /**
     * The method runs, and its response may be stored.
     *
     * @param responses where
     * @param index the index of the variants when the request came
     * @param type the media type in the key; null if none is
     * @param runner its followers get the response
     * @param head the status and fields of the resource's response; null before that
     * @param response what is about to be stored; null until it is complete
     */
    record Recording(
            StoredResponses responses,
            @Nullable VariantIndex index,
            @Nullable String type,
            SingleFlight.Runner<SharedResponse> runner,
            @Nullable Head head,
            @Nullable Recorded response)
            implements State {

        static Recording begin(
                StoredResponses responses,
                @Nullable VariantIndex index,
                @Nullable String type,
                SingleFlight.Runner<SharedResponse> runner) {
            return new Recording(responses, index, type, runner, null, null);
        }

        Recording with(@Nullable VariantIndex read) {
            return new Recording(responses, read, type, runner, head, response);
        }

        Recording with(Head said) {
            return new Recording(responses, index, type, runner, said, response);
        }

        Recording with(Recorded complete) {
            return new Recording(responses, index, type, runner, head, complete);
        }
    }

    /**
     * Nothing more happens: the method's response is stored, or will not be.
     *
     * @param reason why the response is not stored; null if it is
     * @param recording what was recorded until then; null if nothing was
     */
    record Done(@Nullable Reason reason, @Nullable Recording recording) implements State {}
}
