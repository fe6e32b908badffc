package orders

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestExamples parses the translations: they leave out packages and pointers, and are no Go that compiles.
func TestExamples(t *testing.T) {
	examples, _ := filepath.Glob("examples/*.txt")
	if len(examples) == 0 {
		t.Fatal("there are no examples")
	}
	for _, example := range examples {
		text, err := os.ReadFile(example)
		if err != nil {
			t.Fatal(err)
		}
		var imports, statements []string
		for _, line := range strings.Split(string(text), "\n") {
			if strings.HasPrefix(line, "import ") {
				imports = append(imports, line)
			} else {
				statements = append(statements, line)
			}
		}
		file := "package example\n" + strings.Join(imports, "\n") + "\nfunc example() {\n" + strings.Join(statements, "\n") + "\n}\n"
		if _, err := parser.ParseFile(token.NewFileSet(), example, file, parser.AllErrors); err != nil {
			t.Error(err)
		}
	}
}
