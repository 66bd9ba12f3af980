package dev.larder.examples.bookshop;

import dev.larder.Cache;
import dev.larder.CacheInvalidate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** Search and paging, one book, its price: cached and invalidated by annotation. */
@Path("books")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class BookResource {

    /** A price in another currency, and the rate used. */
    public record ForeignPrice(String currency, BigDecimal price, BigDecimal rate) {}

    private static final String NUMBER = "{id: [1-9][0-9]*}";
    private static final int LAST_PAGE = 9_999;
    private static final int LARGEST_PAGE = 100;
    private static final Pattern PRICE = Pattern.compile("\\d{1,6}(\\.\\d{1,2})?");

    @Inject
    Books books;

    @Inject
    ExchangeRates rates;

    /**
     * A page of books. The key is the URI, so that every search and every page is an entry of its own. All of them have
     * the tag {@code prices}, so that one invalidation ends them.
     */
    @GET
    @Cache(ttl = 3600, tags = Prices.TAG)
    public List<Book> list(
            @QueryParam("q") @DefaultValue("") String title,
            @QueryParam("author") @DefaultValue("") String author,
            @QueryParam("page") @DefaultValue("0") int page,
            @QueryParam("size") @DefaultValue("20") int size) {
        if (page < 0 || page > LAST_PAGE || size < 1 || size > LARGEST_PAGE) {
            throw new BadRequestException("page is 0 to " + LAST_PAGE + ", size 1 to " + LARGEST_PAGE);
        }
        return books.find(title, author, page, size);
    }

    /**
     * One book, with a tag of its own: the price of another book does not end its entry. The exception is not stored: a
     * book that does not exist today may exist tomorrow.
     *
     * <p>{@code {id}} in a tag is the text of the URI. The path admits no {@code 007}, so that each book has one tag.
     */
    @GET
    @Path(NUMBER)
    @Cache(ttl = 3600, tags = "book:{id}")
    public Book one(@PathParam("id") int id) {
        return books.byId(id).orElseThrow(NotFoundException::new);
    }

    /** Changes a price. If that succeeds, every entry with the old price ends; after a 400 or 404 none does. */
    @PUT
    @Path(NUMBER + "/price")
    @Consumes(MediaType.TEXT_PLAIN)
    @CacheInvalidate(tags = {Prices.TAG, "book:{id}"})
    public void changePrice(@PathParam("id") int id, String price) {
        if (!PRICE.matcher(price).matches()) {
            throw new BadRequestException("a price is a number below 1000000, as in 12.50");
        }
        if (!books.changePrice(id, new BigDecimal(price))) {
            throw new NotFoundException();
        }
    }

    /** The price in another currency. Only the rate is cached, in the bean that fetches it. */
    @GET
    @Path(NUMBER + "/price/{currency}")
    public ForeignPrice priceIn(@PathParam("id") int id, @PathParam("currency") String currency) {
        BigDecimal rate = rates.fromEuro(currency).orElseThrow(NotFoundException::new);
        Book book = books.byId(id).orElseThrow(NotFoundException::new);
        return new ForeignPrice(currency, Books.money(book.price().multiply(rate)), rate);
    }
}
