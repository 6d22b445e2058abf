package data

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/memtest"
	"pgregory.net/rapid"
)

func TestReadCSV(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		o    CSVOptions
		want Set
	}{
		"features": {"1,2\n3,4\n", CSVOptions{}, Set{Shape: []int{2}, X: []float64{1, 2, 3, 4}}},
		"header":   {"a,b\n1,2", CSVOptions{Header: true}, Set{Shape: []int{2}, X: []float64{1, 2}}},
		"a mark":   {"\ufeffcat,1\r\ncat,2\r\n", CSVOptions{Label: 1}, Set{Shape: []int{1}, X: []float64{1, 2}, Labels: []int{0, 0}, Classes: []string{"cat"}}},
		"classes": {"1,cat\n2,dog\n3,cat\n", CSVOptions{Label: -1},
			Set{Shape: []int{1}, X: []float64{1, 2, 3}, Labels: []int{0, 1, 0}, Classes: []string{"cat", "dog"}}},
		"given classes": {"cat;1\ndog;2\n", CSVOptions{Label: 1, Comma: ';', Classes: []string{"dog", "cat"}},
			Set{Shape: []int{1}, X: []float64{1, 2}, Labels: []int{1, 0}, Classes: []string{"dog", "cat"}}},
		"target": {"1,2,3\r\n4,5,6\r\n", CSVOptions{Target: 2},
			Set{Shape: []int{2}, X: []float64{1, 3, 4, 6}, TargetShape: []int{1}, Y: []float64{2, 5}}},
		"both": {"a,1,2\n", CSVOptions{Label: -3, Target: 3},
			Set{Shape: []int{1}, X: []float64{1}, Labels: []int{0}, Classes: []string{"a"}, TargetShape: []int{1}, Y: []float64{2}}},
		"only classes": {"a\nb\na\n", CSVOptions{Label: 1}, Set{Shape: []int{0}, Labels: []int{0, 1, 0}, Classes: []string{"a", "b"}}},
		"only targets": {"1\n2\n", CSVOptions{Target: 1}, Set{Shape: []int{0}, TargetShape: []int{1}, Y: []float64{1, 2}}},
		"spaces, quotes, empty lines": {"\n 1 ,\"a,\nb\"\n\n\"2\",c\t\n", CSVOptions{Label: 2},
			Set{Shape: []int{1}, X: []float64{1, 2}, Labels: []int{0, 1}, Classes: []string{"a,\nb", "c"}}},
		"a mark on every part": {"\ufeffcat,1\n\ufeffcat,2\n\ufeff\ufeffcat,3\n", CSVOptions{Label: 1},
			Set{Shape: []int{1}, X: []float64{1, 2, 3}, Labels: []int{0, 0, 0}, Classes: []string{"cat"}}},
		"a mark and quotes":   {"\ufeff\"cat\",1\n", CSVOptions{Label: 1}, Set{Shape: []int{1}, X: []float64{1}, Labels: []int{0}, Classes: []string{"cat"}}},
		"a mark and a header": {"\ufeffa,b\r\n1,2\r\n", CSVOptions{Header: true}, Set{Shape: []int{2}, X: []float64{1, 2}}},
		"carriage returns":    {"1,a\r2,b\r\r", CSVOptions{Label: 2}, Set{Shape: []int{1}, X: []float64{1, 2}, Labels: []int{0, 1}, Classes: []string{"a", "b"}}},
		"all ends of lines":   {"1\n2\r\n3\r4\n\r\n\r\n", CSVOptions{}, Set{Shape: []int{1}, X: []float64{1, 2, 3, 4}}},
		"no-break spaces":     {"\u00a01\u00a0,\u202f2\u2007,\u00a0cat\n", CSVOptions{Label: 3}, Set{Shape: []int{2}, X: []float64{1, 2}, Labels: []int{0}, Classes: []string{"cat"}}},
		"from the last": {"1,2,a,3\n4,5,b,6\n", CSVOptions{Label: -2, Target: -1},
			Set{Shape: []int{2}, X: []float64{1, 2, 4, 5}, Labels: []int{0, 1}, Classes: []string{"a", "b"}, TargetShape: []int{1}, Y: []float64{3, 6}}},
		"all from the last": {"a,3\nb,6\n", CSVOptions{Label: -2, Target: -1},
			Set{Shape: []int{0}, Labels: []int{0, 1}, Classes: []string{"a", "b"}, TargetShape: []int{1}, Y: []float64{3, 6}}},
		"all of float64": {"inf,-0,5e-324,1.7976931348623157e308,0x1p-3\n", CSVOptions{},
			Set{Shape: []int{5}, X: []float64{math.Inf(1), math.Copysign(0, -1), 5e-324, math.MaxFloat64, 0.125}}},
	} {
		s, err := ReadCSV(strings.NewReader(c.text), c.o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !slices.Equal(s.Shape, c.want.Shape) || !slices.Equal(s.X, c.want.X) ||
			!slices.Equal(s.Labels, c.want.Labels) || (s.Labels == nil) != (c.want.Labels == nil) || !slices.Equal(s.Classes, c.want.Classes) ||
			!slices.Equal(s.TargetShape, c.want.TargetShape) || !slices.Equal(s.Y, c.want.Y) || s.Len() != c.want.Len() {
			t.Errorf("%s: %+v, want %+v", name, *s, c.want)
		}
	}
}

func TestReadCSVErrors(t *testing.T) {
	long := strings.Repeat("x", 1000)
	for name, c := range map[string]struct {
		text string
		o    CSVOptions
		want string
	}{
		"empty":            {"", CSVOptions{}, "the file has no row"},
		"no number":        {"1,2\n3,four\n", CSVOptions{}, `line 2, column 3: "four" is no number`},
		"missing":          {"1,,2\n", CSVOptions{}, `line 1, column 3: "" is no number`},
		"header unsaid":    {"a,b\n1,2\n", CSVOptions{}, `line 1, column 1: "a" is no number`},
		"range":            {"1\n1e999\n", CSVOptions{}, `line 2, column 1: "1e999" is out of the range`},
		"after a break":    {"\"a\nb\",1\nc,x\n", CSVOptions{Label: 1}, `line 3, column 3: "x" is no number`},
		"short row":        {"1,2\n3\n", CSVOptions{}, "line 2, column 1: the row ends after 1 fields, the first row has 2"},
		"long row":         {"1,2\n3,4,5\n", CSVOptions{}, "line 2, column 5: field 3 of a row, the first row has 2"},
		"quote":            {"1,2\n3,\"4\n", CSVOptions{}, `line 2, column 3: the quote is not closed`},
		"unknown class":    {"1,a\n2,b\n", CSVOptions{Label: 2, Classes: []string{"a"}}, `line 2, column 3: "b" is none of the classes`},
		"no such column":   {"1,2\n", CSVOptions{Label: 3}, "column 3 of 2"},
		"nor from the end": {"1,2\n", CSVOptions{Target: -3}, "column -3 of 2"},
		"twice":            {"1,2\n", CSVOptions{Label: 2, Target: -1}, "column 2 is both label and target"},
		"limit":            {"1,2\n3,4\n", CSVOptions{Limit: 3}, "line 2, column 3: more than 3 numbers"},
		"comma":            {"1,2\n", CSVOptions{Comma: '"'}, "invalid field delimiter"},
		"only a header":    {"a,b\n", CSVOptions{Header: true}, "the file has no row besides the header"},
		"inner quote":      {"1,2\n3,4\"5\n", CSVOptions{}, `line 2, column 4: extraneous or missing "`},
		"after a quote":    {"1,\"2\"3\n", CSVOptions{}, `line 1, column 6: extraneous or missing "`},
		"UTF-16":           {"\xff\xfe1\x00", CSVOptions{}, "the text is UTF-16, want UTF-8"},
		"UTF-16, big":      {"\xfe\xff\x001", CSVOptions{}, "the text is UTF-16, want UTF-8"},
		"UTF-32":           {"\xff\xfe\x00\x001\x00\x00\x00", CSVOptions{}, "the text is UTF-32, want UTF-8"},
		"only a mark":      {"\ufeff\r\n", CSVOptions{}, "the file has no row"},
		"rows":             {"a\nb\nc\n", CSVOptions{Label: 1, Limit: 2}, "line 3, column 1: more than 2 rows"},
		"a row of spaces":  {"1,2\n \n", CSVOptions{}, `line 2, column 1: "" is no number`},
		"line of a return": {"1\rx\r", CSVOptions{}, `line 2, column 1: "x" is no number`},
		"not UTF-8":        {"1,\xc3(\n", CSVOptions{}, "line 1, column 3: the text is not UTF-8"},
		"a huge field":     {"1,\"" + strings.Repeat("x", 1<<17), CSVOptions{}, "line 1, column 3: a field of more than 65536 bytes"},
		"a huge row":       {strings.Repeat("1,", 1<<16), CSVOptions{Limit: 100}, "line 1, column 201: more than 100 numbers"},
		"long field":       {long, CSVOptions{}, `"` + long[:60] + `"… is no number`},
	} {
		s, err := ReadCSV(strings.NewReader(c.text), c.o)
		if err == nil || !strings.HasPrefix(err.Error(), "data: CSV: ") || !strings.Contains(err.Error(), c.want) || s != nil {
			t.Errorf("%s: error %v, want %s", name, err, c.want)
		}
		if err != nil && len(err.Error()) > 1<<10 {
			t.Errorf("%s: a text of %d bytes", name, len(err.Error()))
		}
	}
}

// TestReadCSVMemory: files of all kinds take no more than they or their sets do.
func TestReadCSVMemory(t *testing.T) {
	const many = 1 << 20
	row := strings.Repeat("1,", many) + "1\n"
	column := strings.Repeat("1\n", many)
	for name, c := range map[string]struct {
		text string
		o    CSVOptions
		good bool
		most int // bytes, besides 1 MiB
	}{
		"a row":                  {row, CSVOptions{}, true, 2 * 8 * many},
		"a row, target last":     {row, CSVOptions{Target: -1}, true, 2 * 8 * many},
		"a row and a limit":      {row, CSVOptions{Limit: 1000}, false, 0},
		"a column":               {column, CSVOptions{}, true, 2 * 8 * many},
		"a column and a limit":   {column, CSVOptions{Limit: 1000}, false, 0},
		"labels":                 {column, CSVOptions{Label: 1}, true, 2 * 8 * many},
		"labels and a limit":     {column, CSVOptions{Label: 1, Limit: 1000}, false, 0},
		"a header of many":       {strings.Repeat(",", 4*many), CSVOptions{Header: true}, false, 0},
		"empty columns":          {strings.Repeat(",", 4*many), CSVOptions{}, false, 0},
		"empty rows":             {strings.Repeat("\n", 4*many), CSVOptions{}, false, 0},
		"spaces":                 {strings.Repeat(" ", 4*many), CSVOptions{}, false, 0},
		"a quote without an end": {"\"" + strings.Repeat("x,\n", many), CSVOptions{Label: 1}, false, 0},
		"quotes":                 {strings.Repeat("\"", 4*many), CSVOptions{Label: 1}, false, 0},
		"a field":                {strings.Repeat("9", 4*many), CSVOptions{}, false, 0},
	} {
		var err error
		got := memtest.Allocated(func() { _, err = ReadCSV(strings.NewReader(c.text), c.o) })
		if (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
		if got > uint64(c.most)+1<<20 {
			t.Errorf("%s: %d bytes for a text of %d", name, got, len(c.text))
		}
	}
}

// What is written in the shortest form is read to the same bits.
func TestReadCSVRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 5).Draw(t, "columns")
		rows := rapid.IntRange(1, 5).Draw(t, "rows")
		x := rapid.SliceOfN(rapid.Float64(), rows*columns, rows*columns).Draw(t, "x")
		var b strings.Builder
		for i, v := range x {
			b.WriteString(strconv.FormatFloat(v, 'g', -1, 64))
			if (i+1)%columns == 0 {
				b.WriteByte('\n')
			} else {
				b.WriteByte(',')
			}
		}
		s, err := ReadCSV(strings.NewReader(b.String()), CSVOptions{})
		if err != nil || s.Len() != rows || s.Shape[0] != columns {
			t.Fatalf("%v", err)
		}
		for i, v := range s.X {
			if math.Float64bits(v) != math.Float64bits(x[i]) && !(math.IsNaN(v) && math.IsNaN(x[i])) {
				t.Fatalf("number %d is %g, want %g", i, v, x[i])
			}
		}
	})
}

func FuzzReadCSV(f *testing.F) {
	f.Add("a,b\n1,2\n", true, 2, 0)
	f.Add("1;2", false, 0, -1)
	f.Add("\"x\ny\",1\nz,1e400", false, 1, 2)
	f.Fuzz(func(t *testing.T, text string, header bool, label, target int) {
		var s *Set
		var err error
		got := memtest.Allocated(func() {
			s, err = ReadCSV(strings.NewReader(text), CSVOptions{Header: header, Label: label, Target: target, Limit: 1000})
		})
		if got > 2<<20+64*uint64(len(text)) { // other goroutines count too
			t.Fatalf("%d bytes for a text of %d", got, len(text))
		}
		if err != nil {
			if s != nil {
				t.Fatalf("a set with the error %v", err)
			}
			return
		}
		if n := s.Len(); n > strings.Count(text, "\n")+strings.Count(text, "\r")+1 || len(s.X)+len(s.Y) > 1000 {
			t.Fatalf("%d samples, %d numbers from %q", n, len(s.X)+len(s.Y), text)
		}
		for i := range s.Labels {
			if c := s.Labels[i]; c < 0 || c >= len(s.Classes) {
				t.Fatalf("class %d of %q", c, s.Classes)
			}
		}
	})
}
