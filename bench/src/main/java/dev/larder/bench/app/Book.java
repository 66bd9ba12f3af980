package dev.larder.bench.app;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** A book, as the list has it. */
public class Book {

    /** So many that the list is 12 KB of JSON. */
    static final List<Book> ALL = IntStream.range(0, 91).mapToObj(Book::new).toList();

    private final long id;
    private final String title;
    private final String author;
    private final BigDecimal price;
    private final LocalDate published;
    private final boolean available;

    private Book(int number) {
        this.id = 1000 + number;
        this.title = "The " + number + ". Book of Benchmarks";
        this.author = "Author, No. " + number % 7;
        this.price = BigDecimal.valueOf(995 + 10L * number, 2);
        this.published = LocalDate.of(1990 + number % 30, 1 + number % 12, 1 + number % 28);
        this.available = number % 3 != 0;
    }

    public long getId() {
        return id;
    }

    public String getTitle() {
        return title;
    }

    public String getAuthor() {
        return author;
    }

    public BigDecimal getPrice() {
        return price;
    }

    public LocalDate getPublished() {
        return published;
    }

    public boolean isAvailable() {
        return available;
    }
}
