package dev.larder.cdi;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import java.time.MonthDay;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The server's JSON-B, created when it is first needed. Gets adapters for the types of {@code java.time} that it cannot
 * write, and for UUID.
 */
final class ServerJsonb implements Supplier<Jsonb>, AutoCloseable {

    private static final System.Logger LOG = System.getLogger("dev.larder.cdi");
    private static final List<Object> PROBE = List.of(new UUID(0, 0), YearMonth.of(2000, 1), MonthDay.of(1, 1));

    private final Lazy<Jsonb> jsonb = new Lazy<>(ServerJsonb::create);

    @Override
    public Jsonb get() {
        return jsonb.get();
    }

    private static Jsonb create() {
        Jsonb jsonb = JsonbBuilder.create(new JsonbConfig().withAdapters(new YearAdapter()));
        // Yasson writes these types itself, and could not write one with an adapter as the key of a map; Johnzon can
        if (writesProbe(jsonb)) {
            return jsonb;
        }
        close(jsonb);
        return JsonbBuilder.create(new JsonbConfig()
                .withAdapters(new YearAdapter(), new YearMonthAdapter(), new MonthDayAdapter(), new UuidAdapter()));
    }

    @Override
    public void close() {
        Jsonb created = jsonb.getIfCreated();
        if (created != null) {
            close(created);
        }
    }

    private static void close(Jsonb jsonb) {
        try {
            jsonb.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "JSON-B did not close", e);
        }
    }

    private static boolean writesProbe(Jsonb jsonb) {
        try {
            return jsonb.toJson(PROBE).equals("[\"00000000-0000-0000-0000-000000000000\",\"2000-01\",\"--01-01\"]");
        } catch (RuntimeException e) {
            return false;
        }
    }

    static final class YearAdapter implements JsonbAdapter<Year, String> {
        @Override
        public String adaptToJson(Year year) {
            return year.toString();
        }

        @Override
        public Year adaptFromJson(String text) {
            // Year.parse requires four digits, which Year.toString does not always write
            return Year.of(Integer.parseInt(text));
        }
    }

    static final class YearMonthAdapter implements JsonbAdapter<YearMonth, String> {
        @Override
        public String adaptToJson(YearMonth month) {
            return month.toString();
        }

        @Override
        public YearMonth adaptFromJson(String text) {
            return YearMonth.parse(text);
        }
    }

    static final class MonthDayAdapter implements JsonbAdapter<MonthDay, String> {
        @Override
        public String adaptToJson(MonthDay day) {
            return day.toString();
        }

        @Override
        public MonthDay adaptFromJson(String text) {
            return MonthDay.parse(text);
        }
    }

    static final class UuidAdapter implements JsonbAdapter<UUID, String> {
        @Override
        public String adaptToJson(UUID id) {
            return id.toString();
        }

        @Override
        public UUID adaptFromJson(String text) {
            return UUID.fromString(text);
        }
    }
}
