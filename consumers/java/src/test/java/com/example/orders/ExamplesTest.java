package com.example.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

class ExamplesTest {

    /** What the examples speak of: they leave out the imports of what is not in the package. */
    private static final String FIXTURE = String.join("\n",
            "import io.github.cdksecureserverless.*;",
            "import java.util.List;",
            "import java.util.Map;",
            "import software.amazon.awscdk.*;",
            "import software.amazon.awscdk.services.dynamodb.TableV2;",
            "import software.amazon.awscdk.services.ec2.*;",
            "import software.amazon.awscdk.services.lambda.Code;",
            "import software.amazon.awscdk.services.lambda.Function;",
            "import software.amazon.awscdk.services.lambda.Runtime;",
            "import software.amazon.awscdk.services.lambda.Tracing;",
            "import software.amazon.awscdk.services.secretsmanager.ISecret;",
            "%s",
            "class %s extends Stack {",
            "  void example(App app, Stack stack, TableV2 table, IConnectable database, IVpc vpc, ISecret apiKey, Function fn) {",
            "%s",
            "  }",
            "}");

    @Test
    void examples() throws IOException {
        List<Path> examples;
        try (Stream<Path> files = Files.list(Path.of("examples"))) {
            examples = files.sorted().toList();
        }
        assertFalse(examples.isEmpty());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of("-proc:none", "-classpath", System.getProperty("java.class.path"),
                "-d", Files.createTempDirectory("examples").toString());
        StringWriter errors = new StringWriter();
        compiler.getTask(errors, null, null, options, null, examples.stream().map(ExamplesTest::source).toList()).call();
        assertEquals("", errors.toString());
    }

    private static JavaFileObject source(final Path example) {
        String name = "Example_" + example.getFileName().toString().replace(".txt", "");
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(final boolean ignoreEncodingErrors) throws IOException {
                List<String> lines = Files.readAllLines(example);
                return String.format(FIXTURE,
                        lines.stream().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n")),
                        name,
                        lines.stream().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n")));
            }
        };
    }
}
