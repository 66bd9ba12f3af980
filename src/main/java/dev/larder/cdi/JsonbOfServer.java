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

/** Makes the server's JSON-B, and teaches it what it does not know of java.time and of UUID. */
final class JsonbOfServer {

    private static final List<Object> KNOWN_TO_SOME = List.of(new UUID(0, 0), YearMonth.of(2000, 1), MonthDay.of(1, 1));

    private JsonbOfServer() {}

    static Jsonb create() {
        Jsonb jsonb = JsonbBuilder.create(new JsonbConfig().withAdapters(new OfYear()));
        // Yasson, which knows them, cannot write what has an adapter as the key of a map; Johnzon, which does not, can
        if (knows(jsonb)) {
            return jsonb;
        }
        close(jsonb);
        return JsonbBuilder.create(
                new JsonbConfig().withAdapters(new OfYear(), new OfYearMonth(), new OfMonthDay(), new OfUuid()));
    }

    private static void close(Jsonb jsonb) {
        try {
            jsonb.close();
        } catch (Exception e) {
            throw new IllegalStateException("A JSON-B that did nothing cannot be closed", e);
        }
    }

    private static boolean knows(Jsonb jsonb) {
        try {
            return jsonb.toJson(KNOWN_TO_SOME)
                    .equals("[\"00000000-0000-0000-0000-000000000000\",\"2000-01\",\"--01-01\"]");
        } catch (RuntimeException e) {
            return false;
        }
    }

    static final class OfYear implements JsonbAdapter<Year, String> {
        @Override
        public String adaptToJson(Year year) {
            return year.toString();
        }

        @Override
        public Year adaptFromJson(String text) {
            // Year.parse wants four digits, Year.toString does not write them
            return Year.of(Integer.parseInt(text));
        }
    }

    static final class OfYearMonth implements JsonbAdapter<YearMonth, String> {
        @Override
        public String adaptToJson(YearMonth month) {
            return month.toString();
        }

        @Override
        public YearMonth adaptFromJson(String text) {
            return YearMonth.parse(text);
        }
    }

    static final class OfMonthDay implements JsonbAdapter<MonthDay, String> {
        @Override
        public String adaptToJson(MonthDay day) {
            return day.toString();
        }

        @Override
        public MonthDay adaptFromJson(String text) {
            return MonthDay.parse(text);
        }
    }

    static final class OfUuid implements JsonbAdapter<UUID, String> {
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
