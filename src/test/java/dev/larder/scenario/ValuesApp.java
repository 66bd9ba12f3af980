package dev.larder.scenario;

import dev.larder.ICacheService;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The application under test of {@link ValuesIT}. */
class ValuesApp {

    @ApplicationPath("api")
    public static class Api extends Application {}

    public enum Cover {
        HARD,
        SOFT {
            @Override
            public String toString() {
                return "a constant with a class of its own";
            }
        }
    }

    public record Times(
            Instant instant,
            LocalDate day,
            OffsetDateTime time,
            Duration duration,
            ZoneId zone,
            Year year,
            YearMonth month,
            MonthDay birthday,
            DayOfWeek weekday) {}

    public record Book(UUID id, String title, BigDecimal price, Cover cover, List<String> authors) {}

    public record Shelf(Map<Cover, Integer> counts, Set<Cover> covers, Map<String, List<Book>> books) {}

    /** Answers what came back as another value than it went in; nothing is what is hoped for. */
    @Path("values")
    @Produces("text/plain")
    public static class Values {

        private final List<String> wrong = new ArrayList<>();

        @Inject
        ICacheService cache;

        @GET
        public String all() {
            Book book = new Book(
                    new UUID(1, 2), "K\u00e4se \ud83e\uddc0", new BigDecimal("9.90"), Cover.SOFT, List.of("Eco"));
            Times times = new Times(
                    Instant.parse("2026-01-02T03:04:05.123456789Z"),
                    LocalDate.of(2026, 1, 2),
                    OffsetDateTime.parse("2026-01-02T03:04:05.000000006+02:00"),
                    Duration.ofNanos(1),
                    ZoneId.of("Europe/Paris"),
                    Year.of(2026),
                    YearMonth.of(2026, 1),
                    MonthDay.of(2, 29),
                    DayOfWeek.FRIDAY);
            Map<String, Integer> ranking = new LinkedHashMap<>();
            Set<String> names = new LinkedHashSet<>();
            for (String name : List.of("zoe", "ann", "mia", "bob", "tim", "eve")) {
                ranking.put(name, ranking.size());
                names.add(name);
            }

            same(book, new TypeLiteral<Book>() {});
            same(new Book(null, null, null, null, null), new TypeLiteral<Book>() {});
            same(times, new TypeLiteral<Times>() {});
            same(new Times(null, null, null, null, null, null, null, null, null), new TypeLiteral<Times>() {});
            same(
                    new Shelf(Map.of(Cover.HARD, 1), Set.of(Cover.SOFT), Map.of("x", List.of(book))),
                    new TypeLiteral<Shelf>() {});
            same(List.of(book, book), new TypeLiteral<List<Book>>() {});
            same(Map.of("x", Map.of("y", List.of(book))), new TypeLiteral<Map<String, Map<String, List<Book>>>>() {});
            same(Map.of(new UUID(1, 2), List.of(new UUID(3, 4))), new TypeLiteral<Map<UUID, List<UUID>>>() {});
            same(Map.of(YearMonth.of(2026, 1), 1), new TypeLiteral<Map<YearMonth, Integer>>() {});
            same(ranking, new TypeLiteral<Map<String, Integer>>() {});
            same(names, new TypeLiteral<Set<String>>() {});
            same(ZoneId.of("Europe/Paris"), new TypeLiteral<ZoneId>() {});
            same(Cover.SOFT, new TypeLiteral<Cover>() {});
            return wrong.toString();
        }

        // the text shows the order, too
        private <T> void same(T value, TypeLiteral<T> type) {
            try {
                cache.set("value", value);
                T read = cache.get("value", type).orElse(null);
                if (!value.equals(read) || !value.toString().equals(read.toString())) {
                    wrong.add(value + " -> " + read);
                }
            } catch (RuntimeException e) {
                wrong.add(value + " -> " + e);
            }
        }
    }
}
