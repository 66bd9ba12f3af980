package dev.larder.scenario;

import java.util.List;

/** An entity of the applications under test. */
public class Book {

    public String title;
    public int run;

    public Book() {}

    public Book(String title, int run) {
        this.title = title;
        this.run = run;
    }

    static List<Book> two(int run) {
        return List.of(new Book("Emma", run), new Book("Väter und Söhne", run));
    }
}
