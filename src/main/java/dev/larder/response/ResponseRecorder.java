package dev.larder.response;

import dev.larder.CacheException;
import dev.larder.http.CacheGroups;
import dev.larder.http.Fields;
import dev.larder.http.Reason;
import dev.larder.http.RequestFacts;
import dev.larder.http.ResponseFacts;
import dev.larder.http.ResponseFacts.Completion;
import dev.larder.http.Storability;
import dev.larder.http.Storability.NotStorable;
import dev.larder.http.Storability.Storable;
import dev.larder.http.StoredResponse;
import dev.larder.http.VaryMatch;
import dev.larder.response.State.Recording;
import dev.larder.spi.Ttl;
import dev.larder.statistics.CacheEvents;
import dev.larder.transaction.CurrentTransaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Records the response of a resource method, and stores it when it is written and its transaction is committed. */
final class ResponseRecorder {

    private static final System.Logger LOG = System.getLogger("dev.larder.response");

    private final InstantSource clock;
    private final CurrentTransaction transaction;

    ResponseRecorder(InstantSource clock, CurrentTransaction transaction) {
        this.clock = clock;
        this.transaction = transaction;
    }

    void noteHead(Exchange exchange, int status, Fields fields, boolean servletCookie) {
        if (!exchange.isRecording()) {
            return;
        }
        ResponseFacts facts = new ResponseFacts(status, fields, servletCookie, Completion.COMPLETE, -1, clock.millis());
        Storability storability = storability(exchange, facts);
        if (storability instanceof NotStorable not) {
            discard(exchange, not.reason());
        } else {
            String vary = ((Storable) storability).fields().combined("Vary");
            exchange.note(new Head(facts, Objects.equals(vary, fields.combined("Vary")) ? null : vary));
        }
    }

    private static Storability storability(Exchange exchange, ResponseFacts facts) {
        return Storability.ofResponse(exchange.resource().rules(), exchange.request(), facts);
    }

    void noteBody(Exchange exchange, byte[] body, @Nullable String contentType, Fields said, boolean servletCookie) {
        if (!(exchange.state() instanceof Recording recording) || recording.head() == null) {
            return;
        }
        try {
            ResponseFacts head = recording.head().facts();
            Fields fields = head.fields().with(said);
            fields = contentType == null ? fields : fields.with("Content-Type", contentType);
            ResponseFacts facts = new ResponseFacts(
                    head.status(), fields, servletCookie, Completion.COMPLETE, body.length, clock.millis());
            complete(exchange, recording, facts, body);
        } catch (RuntimeException | LinkageError e) {
            fail(exchange, e);
        }
    }

    private void complete(Exchange exchange, Recording recording, ResponseFacts facts, byte[] body) {
        CachedResource resource = exchange.resource();
        Storability storability = storability(exchange, facts);
        if (storability instanceof NotStorable not) {
            discard(exchange, not.reason());
            return;
        }
        if (!resource.isOfType(recording.type(), facts.fields().first("Content-Type"))) {
            discard(exchange, Reason.MEDIA_TYPE);
            return;
        }
        Set<String> groups = CacheGroups.of(facts.fields());
        if (!recording.responses().mayHave(groups)) {
            discard(exchange, Reason.TAGS);
            return;
        }
        Storable storable = (Storable) storability;
        Fields fields = storable.withTag(facts.status(), body);
        Ttl ttl = new Ttl(
                storable.lifetimeSeconds().isPresent()
                        ? Duration.ofSeconds(storable.lifetimeSeconds().getAsLong())
                        : resource.policy().ttl());
        StoredResponse response = new StoredResponse(
                facts.status(),
                resource.policy().cacheGroups() ? fields : fields.without(CacheGroups::isField),
                body,
                clock.millis(),
                storable.initialAge(),
                ttl.toMillis(),
                recording.responses().generation());
        exchange.note(new Recorded(response, resource.variants(storable.vary()), ttl, groups));
    }

    void noteWritten(Exchange exchange) {
        if (exchange.state() instanceof Recording recording && recording.response() != null) {
            exchange.report();
            storeIfNothingIsAwaited(exchange);
        }
    }

    void followTransaction(Exchange exchange) {
        if (exchange.isRecording() && transaction.onEnd(committed -> endTransaction(exchange, committed))) {
            exchange.awaitCommit();
        }
    }

    private void endTransaction(Exchange exchange, boolean committed) {
        if (committed) {
            storeIfNothingIsAwaited(exchange);
        } else {
            discard(exchange, Reason.ROLLED_BACK);
        }
    }

    private void storeIfNothingIsAwaited(Exchange exchange) {
        boolean last = exchange.countAwaited();
        if (last && exchange.state() instanceof Recording recording && recording.response() != null) {
            try {
                store(exchange, recording, recording.response());
            } catch (CacheException e) {
                exchange.end(Reason.BACKEND); // logged by the failure policy
            } catch (RuntimeException | LinkageError e) {
                fail(exchange, e);
            }
        }
    }

    private static void store(Exchange exchange, Recording recording, Recorded recorded) {
        RequestFacts request = exchange.request();
        VariantIndex index = recording.index();
        VaryMatch vary = index == null
                ? recorded.variants()
                : index.joined(recorded.variants()).vary();
        StoredResponses responses = recording.responses().with(recorded.groups());
        if (responses == null) {
            exchange.end(Reason.INVALIDATED);
            return;
        }
        SharedResponse shared = SharedResponse.of(recorded.response(), vary, request, responses.generations());
        if (!exchange.store(recording)) {
            return;
        }
        CacheEvents events = exchange.resource().events();
        Predicate<Runnable> executor = storing -> {
            boolean runs = exchange.resource().region().later(storing);
            if (!runs) {
                events.notStored(Reason.BACKEND.kebab()); // too many writes wait already
            }
            return runs;
        };
        recording.runner().complete(shared, executor, () -> {
            try {
                Reason refused = responses.put(request, recorded, index);
                if (refused == null) {
                    events.stored();
                } else {
                    exchange.end(refused);
                }
            } catch (CacheException e) {
                events.notStored(Reason.BACKEND.kebab());
                LOG.log(System.Logger.Level.DEBUG, "Not stored", e); // reported by the failure policy
            }
        });
    }

    void discard(Exchange exchange, Reason reason) {
        if (exchange.isRecording()) {
            exchange.end(reason);
            exchange.report();
        }
    }

    private static void fail(Exchange exchange, Throwable failure) {
        LOG.log(
                System.Logger.Level.WARNING,
                "A response of " + exchange.resource().keyRoot() + " is not stored",
                failure);
        exchange.end(Reason.BACKEND);
        exchange.report();
    }
}
