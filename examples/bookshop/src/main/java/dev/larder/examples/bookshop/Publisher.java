package dev.larder.examples.bookshop;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Invents books. Always the same ones in the same order, and no title twice. */
class Publisher {

    private static final List<String> FIRST_NAMES = words(
            """
            Ada Agnes Amara Anton Astrid Beatrice Bruno Cecilia Clara Daniel Edith Elias Emilia Erik Esther Farid Felix
            Flora Greta Hanna Hugo Ines Iris Ivo Jonas Judith Julia Kamila Laszlo Leila Leonard Lucia Magnus Marta
            Matteo Milan Mina Naomi Nils Nora Olga Oscar Paula Rafael Ruth Samuel Selma Simon Sofia Tomas Ursula Vera
            Viktor Yasmin""");

    private static final List<String> LAST_NAMES = words(
            """
            Abbott Adeyemi Almeida Andersen Barros Bellamy Bergstrom Blum Castellan Cheng Dahl Delacroix Demir Eklund
            Farrow Ferrari Fontaine Fraser Grieg Haddad Halloran Hartmann Hofer Ibarra Iwasaki Jansen Kaya Keller
            Kowalski Laurent Lindqvist Lorenz Marchetti Mercier Moreau Nakamura Nilsen Novak Okafor Oliveira Orsini
            Pereira Petrov Quinn Rahman Rossi Sandoval Silva Sorensen Steiner Takeda Thorne Ueda Varga Vermeer Weiss
            Whitlock Winther Yilmaz Zeman""");

    private static final List<String> ADJECTIVES = words(
            """
            Amber Ancient Borrowed Bright Broken Crooked Distant Drowned Empty Endless Faded Forgotten Frozen Gentle Glass
            Golden Hidden Hollow Invisible Last Little Lonely Long Lost Open Painted Paper Patient Quiet Restless Salt
            Second Secret Silent Silver Sleeping Tender Unfinished Wandering Winter""");

    private static final List<String> NOUNS = words(
            """
            Archive Atlas Bell Bridge Candle Cartographer Clock Coast Corridor Departure Door Echo Feather Field Garden
            Harbour Harvest Horizon House Island Journey Kitchen Ladder Lantern Letter Library Lighthouse Map Meadow
            Memory Mirror Mountain Museum Night Orchard Passage Piano Promise Question Railway Reader Return River Room
            Season Shadow Shore Silence Spring Stair Station Storm Summer Table Tower Train Valley Village Voyage
            Window""");

    private static final List<String> PLACES = words(
            """
            Aberdeen Antwerp Bergen Bologna Bruges Cadiz Cork Delft Dresden Galway Ghent Gotland Granada Krakow Leipzig
            Lisbon Lucerne Marseille Odense Porto Prague Riga Salzburg Siena Split Tallinn Trieste Tromso Uppsala
            Vilnius""");

    private static final List<String> TRADES = words(
            """
            Apothecary Astronomer Baker Beekeeper Bookbinder Botanist Cellist Clockmaker Ferryman Fisherman Gardener
            Geographer Glassblower Gravedigger Innkeeper Juggler Lamplighter Librarian Locksmith Midwife Miller Painter
            Postmaster Potter Sailmaker Shepherd Surveyor Tailor Translator Weaver""");

    private static final List<String> RELATIVES =
            words("Apprentice Brother Daughter Dog Dream Diary Father Secret Sister Son Widow Winter");

    private final Random random = new Random(1455);
    private final Set<String> titles = new HashSet<>();

    /** The next book to appear. */
    Book next(int id) {
        return new Book(id, newTitle(), author(), published(), price());
    }

    /** Few books sell well. */
    int copiesSold() {
        return (int) Math.round(40 * Math.pow(random.nextDouble(), -0.8));
    }

    private String newTitle() {
        String title = title();
        while (!titles.add(title)) {
            title = title();
        }
        return title;
    }

    private String title() {
        return switch (random.nextInt(7)) {
            case 0 -> "The " + any(ADJECTIVES) + " " + any(NOUNS);
            case 1 -> "The " + any(NOUNS) + " of " + any(PLACES);
            case 2 -> "The " + any(TRADES) + "’s " + any(RELATIVES);
            case 3 -> "The " + any(ADJECTIVES) + " " + any(TRADES);
            case 4 -> "The " + any(TRADES) + " of " + any(PLACES);
            case 5 -> a(any(NOUNS)) + " in " + any(PLACES);
            default -> "The " + any(TRADES) + " and the " + any(NOUNS);
        };
    }

    private String author() {
        return any(FIRST_NAMES) + " " + any(LAST_NAMES);
    }

    /** More books from recent years than from old ones. */
    private int published() {
        return 2025 - (int) (75 * Math.pow(random.nextDouble(), 2));
    }

    /** From 4.90 to 34.90. */
    private BigDecimal price() {
        return BigDecimal.valueOf(490 + 50 * random.nextInt(61), 2);
    }

    private static String a(String noun) {
        return ("AEIOU".indexOf(noun.charAt(0)) < 0 ? "A " : "An ") + noun;
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static List<String> words(String text) {
        return List.of(text.split("\\s+"));
    }
}
