package data_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn/data"
)

// passengers has what real files have: a byte order mark, identifiers, quotes, texts, gaps.
const passengers = "\ufeff" + `id,name,sex,age,"fare, paid",port,class,survived
1,"Braund, Mr. Owen",male,22,"7.25",S,3,no
2,"Cumings, Mrs. John",female,,71.5,C,1,yes
3,"Heikkinen, Miss",female,26,NA,S,3,yes
4,"Allen ""Bill""",male,35,8.25,?,3,no
`

// TestReadTable holds the features that columns become.
func TestReadTable(t *testing.T) {
	table, err := data.ReadTable(strings.NewReader(passengers), data.TableOptions{
		Label: "survived", Drop: []string{"id", "name"}, Categories: []string{"class"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"sex=female", "sex=male", "age", "fare, paid", "port=C", "port=S", "port=missing", "class=1", "class=3"}
	if !slices.Equal(table.Features, want) || !slices.Equal(table.Shape, []int{len(want)}) || table.Len() != 4 {
		t.Fatalf("features %q, shape %v of %d", table.Features, table.Shape, table.Len())
	}
	age, fare := 83.0/3, 29.0
	optest.Within(t, "features", table.X, []float64{
		0, 1, 22, 7.25, 0, 1, 0, 0, 1,
		1, 0, age, 71.5, 1, 0, 0, 1, 0,
		1, 0, 26, fare, 0, 1, 0, 0, 1,
		0, 1, 35, 8.25, 0, 0, 1, 0, 1,
	}, 1e-15)
	if !slices.Equal(table.Classes, []string{"no", "yes"}) || !slices.Equal(table.Labels, []int{0, 1, 1, 0}) {
		t.Errorf("classes %v, labels %v", table.Classes, table.Labels)
	}
	if c := table.Columns[2]; c.Name != "fare, paid" || c.Missing != 1 || c.Filled != fare {
		t.Errorf("column %+v", c)
	}
}

// TestReadTableOptions holds the other ways to fill and to code, a target and another comma.
func TestReadTableOptions(t *testing.T) {
	text := "a;b;y\n1;u;5\n;v;6\n10;u;7\n3;;8\n"
	for _, c := range []struct {
		o    data.TableOptions
		want []float64
	}{
		{data.TableOptions{Fill: data.FillMedian}, []float64{1, 0, 3, 1, 10, 0, 3, 2}},
		{data.TableOptions{Fill: data.FillZero}, []float64{1, 0, 0, 1, 10, 0, 3, 2}},
	} {
		c.o.Comma, c.o.Codes, c.o.Target = ';', true, "y"
		table, err := data.ReadTable(strings.NewReader(text), c.o)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(table.X, c.want) || !slices.Equal(table.Y, []float64{5, 6, 7, 8}) || !slices.Equal(table.Features, []string{"a", "b"}) {
			t.Errorf("X %v, want %v; Y %v, features %v", table.X, c.want, table.Y, table.Features)
		}
	}
}

// TestReadTableBad holds what is said of tables that cannot be meant.
func TestReadTableBad(t *testing.T) {
	ids, many := "id,x\n", "id,x\n"
	for i := range 30 {
		ids += fmt.Sprintf("u%d,1\n", i)
	}
	for i := range 1200 {
		many += fmt.Sprintf("u%d,1\n", i)
	}
	for _, c := range []struct {
		name, text string
		o          data.TableOptions
		want       string
	}{
		{"empty", "", data.TableOptions{}, "the file has no row"},
		{"header alone", "a,b\n", data.TableOptions{}, "the file has no row besides the header"},
		{"another comma", "a;b\n1;2\n", data.TableOptions{}, `the only column is called "a;b": is the Comma another one?`},
		{"no such column", "a,b\n1,2\n", data.TableOptions{Label: "c"}, `there is no column "c"; there are "a", "b"`},
		{"two of a name", "a,a\n1,2\n", data.TableOptions{}, `line 1, column 3: a second column "a"`},
		{"both", "a,b\n1,2\n", data.TableOptions{Label: "a", Target: "a"}, `column "a" is both label and target`},
		{"ragged", "a,b\n1,2\n1\n", data.TableOptions{}, "line 3, column 1: the row ends after 1 fields, the first row has 2"},
		{"too long", "a,b\n1,2,3\n", data.TableOptions{}, "line 2, column 5: field 3 of a row, the first row has 2"},
		{"decimal comma", "a;b\n3,14;2\n", data.TableOptions{Comma: ';'}, `line 2, column 1: "3,14" is no number: write a decimal point, and nothing between thousands`},
		{"decimal comma later", "a;b\n3;2\n-1.234,5;1\n", data.TableOptions{Comma: ';'}, `line 3, column 1: "-1.234,5" is no number: write a decimal point`},
		{"thousands", "a,b\n\"1,234\",1\n", data.TableOptions{}, `line 2, column 1: "1,234" is no number: write a decimal point`},
		{"text among numbers", "a,b\n1,2\n1x,2\n", data.TableOptions{}, `line 3, column 1: "1x" is no number, in column "a" of numbers`},
		{"too large", "a,b\n1e999,2\n", data.TableOptions{Target: "a"}, `line 2, column 1: "1e999" is out of the range of float64`},
		{"missing label", "a,b\n1,\n", data.TableOptions{Label: "b"}, `line 2, column 3: "" is missing in column "b"`},
		{"missing target", "a,b\n1,NaN\n", data.TableOptions{Target: "b"}, `line 2, column 3: "NaN" is missing in column "b"`},
		{"all missing", "a,b\n1,\n2,NA\n", data.TableOptions{}, `column "b": all of it is missing: drop it`},
		{"refused", "a,b\n,1\n2,1\n", data.TableOptions{Fill: data.FillNone}, `a number is missing in column "a"`},
		{"refused later", "a,b\n2,1\n,1\n", data.TableOptions{Fill: data.FillNone}, `line 3, column 1: a number is missing in column "a"`},
		{"identifiers", ids, data.TableOptions{}, `column "id": 30 different texts in as many rows: drop it, if it is an identifier`},
		{"many texts", many, data.TableOptions{}, `column "id" has more than 1000 different texts: drop it`},
		{"limit", "a,b\n1,2\n1,2\n", data.TableOptions{Limit: 4}, "line 3, column 1: more than 4 fields"},
		{"a fill", "a\n1\n", data.TableOptions{Fill: 7}, "the Fill is 7"},
	} {
		_, err := data.ReadTable(strings.NewReader(c.text), c.o)
		if err == nil || !strings.HasPrefix(err.Error(), "data: table: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}

// TestReadCSVNamesTheDecimalComma holds that ReadCSV says what is wrong too.
func TestReadCSVNamesTheDecimalComma(t *testing.T) {
	_, err := data.ReadCSV(strings.NewReader("1.5;2\n3,14;2\n"), data.CSVOptions{Comma: ';'})
	if want := `data: CSV: line 2, column 1: "3,14" is no number: write a decimal point, and nothing between thousands`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}
