package dev.larder.examples.bookshop;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Fills the shop when it opens: a fresh table, 10 000 books, the same ones every time. */
@Singleton
@Startup
public class Stocktaking {

    private static final int BOOKS = 10_000;

    /** Divides the number of books, for HSQLDB refuses an empty last batch. */
    private static final int BATCH = 500;

    @Resource
    DataSource dataSource;

    @PostConstruct
    void fill() {
        try (Connection connection = dataSource.getConnection()) {
            createTable(connection);
            insertBooks(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot fill the shop", e);
        }
    }

    /** Some servers keep their default database on disk, and not every database knows "drop table if exists". */
    private static void createTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet old = connection.getMetaData().getTables(null, null, "BOOK", null)) {
            if (old.next()) {
                statement.execute("drop table book");
            }
            statement.execute(
                    """
                    create table book (
                        id integer primary key,
                        title varchar(100) not null,
                        author varchar(100) not null,
                        published integer not null,
                        price decimal(8, 2) not null,
                        sold integer not null)""");
        }
    }

    private static void insertBooks(Connection connection) throws SQLException {
        Publisher publisher = new Publisher();
        try (PreparedStatement insert = connection.prepareStatement("insert into book values (?, ?, ?, ?, ?, ?)")) {
            for (int id = 1; id <= BOOKS; id++) {
                Book book = publisher.next(id);
                insert.setInt(1, book.id());
                insert.setString(2, book.title());
                insert.setString(3, book.author());
                insert.setInt(4, book.published());
                insert.setBigDecimal(5, book.price());
                insert.setInt(6, publisher.copiesSold());
                insert.addBatch();
                if (id % BATCH == 0) {
                    insert.executeBatch();
                }
            }
        }
    }
}
