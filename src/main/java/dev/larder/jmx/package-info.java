/**
 * <b>Internal.</b> Shows the statistics of a deployment in JMX. Start reading at {@link dev.larder.jmx.ManagementBeans}.
 */
@NullMarked
package dev.larder.jmx;

import org.jspecify.annotations.NullMarked;
