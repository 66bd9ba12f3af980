/**
 * <b>Internal.</b> Class hierarchies, and generic types without type variables. Start at
 * {@link dev.larder.reflect.ResolvedType}.
 */
@NullMarked
package dev.larder.reflect;

import org.jspecify.annotations.NullMarked;
