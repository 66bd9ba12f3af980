package dev.larder.examples.bookshop;

import dev.larder.Cache;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The shop's books, in the server's default data source. Plain SQL that H2, Derby and HSQLDB all understand. Only
 * {@link #statistics} is cached.
 */
@ApplicationScoped
public class Books {

    private static final int REDUCED = 100;
    private static final BigDecimal REDUCTION = new BigDecimal("0.9");

    /** Without a name it is the default data source of whichever server this runs on. */
    @Resource
    DataSource dataSource;

    /** The books whose title and author contain these words, in any case; an empty word is in every one. */
    public List<Book> find(String title, String author, int page, int size) {
        return query(
                """
                select id, title, author, published, price from book
                where locate(?, lower(title)) > 0 and locate(?, lower(author)) > 0
                order by published desc, title offset ? rows fetch next ? rows only""",
                Books::book,
                title.toLowerCase(Locale.ROOT),
                author.toLowerCase(Locale.ROOT),
                page * size,
                size);
    }

    /** One book, if the shop has it. */
    public Optional<Book> byId(int id) {
        return query("select id, title, author, published, price from book where id = ?", Books::book, id).stream()
                .findFirst();
    }

    /** The most sold books, the first one first. */
    public List<Bestseller> mostSold(int size) {
        return query(
                "select id, title, author, sold from book order by sold desc, id fetch first ? rows only",
                row -> new Bestseller(row.getInt(1), row.getString(2), row.getString(3), row.getInt(4)),
                size);
    }

    /** First books of their authors. Slow on purpose: without an index, each book of the year is compared with all books. */
    public List<Book> debuts(int year) {
        return query(
                """
                select id, title, author, published, price from book this
                where published = ? and 0 = (
                    select count(*) from book other
                    where other.author = this.author and other.published < this.published)
                order by author, title""",
                Books::book,
                year);
    }

    /** Figures about all books: a plain bean's method, whose return value is cached until a price changes. */
    @Cache(ttl = 600, tags = Prices.TAG)
    public Statistics statistics() {
        return query(
                        "select count(*), count(distinct author), min(price), max(price) from book",
                        row -> new Statistics(
                                row.getInt(1),
                                row.getInt(2),
                                row.getBigDecimal(3),
                                row.getBigDecimal(4),
                                Instant.now()))
                .get(0);
    }

    /** Changes a price; false if there is no such book. */
    public boolean changePrice(int id, BigDecimal price) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement("update book set price = ? where id = ?")) {
            update.setBigDecimal(1, money(price));
            update.setInt(2, id);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot change the price of book " + id, e);
        }
    }

    /** Makes the newest books a tenth cheaper, down to one euro; returns their ids. */
    public List<Integer> reduceNewest() {
        List<Book> newest = query(
                """
                select id, title, author, published, price from book
                where price > 1 order by published desc, title fetch first ? rows only""",
                Books::book,
                REDUCED);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement("update book set price = ? where id = ?")) {
            for (Book book : newest) {
                update.setBigDecimal(1, money(book.price().multiply(REDUCTION).max(BigDecimal.ONE)));
                update.setInt(2, book.id());
                update.addBatch();
            }
            update.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot reduce the prices of the newest books", e);
        }
        return newest.stream().map(Book::id).toList();
    }

    static BigDecimal money(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN);
    }

    private static Book book(ResultSet row) throws SQLException {
        return new Book(row.getInt(1), row.getString(2), row.getString(3), row.getInt(4), row.getBigDecimal(5));
    }

    private <T> List<T> query(String sql, Row<T> row, Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                select.setObject(i + 1, arguments[i]);
            }
            List<T> answers = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    answers.add(row.read(rows));
                }
            }
            return answers;
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read the books: " + sql, e);
        }
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
