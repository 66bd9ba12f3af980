package dev.larder.scenario;

import static java.util.stream.Collectors.joining;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Tells of the server's process in {@link UndeploymentIT}; without Larder. */
class ProbeApp {

    @WebServlet("/process")
    public static class Process extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(ProcessHandle.current().pid());
        }
    }

    @WebServlet("/threads")
    public static class Threads extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter()
                    .print(Thread.getAllStackTraces().keySet().stream()
                            .map(Thread::getName)
                            .filter(name -> name.startsWith("larder"))
                            .collect(joining(" ")));
        }
    }

    /** The MBeans of Larder, one in each line. */
    @WebServlet("/mbeans")
    public static class MBeans extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                response.getWriter()
                        .print(
                                ManagementFactory.getPlatformMBeanServer()
                                        .queryNames(new ObjectName("dev.larder:*"), null)
                                        .stream()
                                        .map(ObjectName::toString)
                                        .sorted()
                                        .collect(joining("\n")));
            } catch (MalformedObjectNameException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
