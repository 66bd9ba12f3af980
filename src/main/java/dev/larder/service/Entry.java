package dev.larder.service;

import dev.larder.key.Generations;

/**
 * What the store has under a key, and the generations that it belongs to. A store of references holds it as it is.
 *
 * @param <T> the type of the value
 */
record Entry<T>(T value, Generations generations) {}
