package dev.larder.service;

import dev.larder.key.Generations;

/**
 * The value under a key of a store, and the generations that it belongs to. A backend that stores by reference keeps this object.
 *
 * @param <T> the type of the value
 */
record Entry<T>(T value, Generations generations) {}
