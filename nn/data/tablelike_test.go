package data_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/quartet-ad/ad/internal/optest"
	"github.com/quartet-ad/ad/nn/data"
)

func mustReadTable(t *testing.T, text string, o data.TableOptions) *data.Table {
	t.Helper()
	table, err := data.ReadTable(strings.NewReader(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// passengerTable is the table that others are read like.
func passengerTable(t *testing.T) *data.Table {
	return mustReadTable(t, passengers, data.TableOptions{
		Label: "survived", Drop: []string{"id", "name"}, Categories: []string{"class"},
	})
}

// TestReadTableLike: features, fills and classes are those of the first table, whatever the order of
// the columns and whichever categories occur.
func TestReadTableLike(t *testing.T) {
	train := passengerTable(t)
	age, fare := 83.0/3, 29.0
	want := []float64{
		0, 1, age, 5, 0, 0, 1, 0, 1,
		1, 0, 30, fare, 0, 1, 0, 1, 0,
	}
	text := "class,survived,port,age,\"fare, paid\",sex,id\n3,yes,NA,,5,male,7\n1,yes,S,30,?,female,8\n"
	test := mustReadTable(t, text, data.TableOptions{Like: train})
	optest.Within(t, "features", test.X, want, 1e-15)
	if !slices.Equal(test.Features, train.Features) || !slices.Equal(test.Classes, train.Classes) || !slices.Equal(test.Labels, []int{1, 1}) {
		t.Errorf("features %q, classes %q, labels %v", test.Features, test.Classes, test.Labels)
	}
	if c := test.Columns[1]; c.Missing != 1 || c.Filled != train.Columns[1].Filled {
		t.Errorf("column %+v", c)
	}

	// Without the label, and like the second table, which says the same as the first.
	again := mustReadTable(t, "class,port,age,\"fare, paid\",sex\n3,NA,,5,male\n1,S,30,?,female\n", data.TableOptions{Like: test})
	optest.Within(t, "features again", again.X, want, 1e-15)
	if again.Labels != nil || again.Classes != nil {
		t.Errorf("labels %v of %v", again.Labels, again.Classes)
	}
}

// TestReadTableLikeItself: the same file gives the same features, for every way to fill and to code.
func TestReadTableLikeItself(t *testing.T) {
	text := "a;b;y\n1;u;5\n;v;6\n10;u;7\n3;;8\n"
	for _, fill := range []data.Fill{data.FillMean, data.FillMedian, data.FillZero} {
		for _, codes := range []bool{false, true} {
			first := mustReadTable(t, text, data.TableOptions{Comma: ';', Target: "y", Fill: fill, Codes: codes})
			second := mustReadTable(t, text, data.TableOptions{Like: first})
			if !slices.Equal(first.X, second.X) || !slices.Equal(first.Y, second.Y) || !slices.Equal(first.Shape, second.Shape) {
				t.Errorf("fill %d, codes %v: %v %v, want %v %v", fill, codes, second.X, second.Y, first.X, first.Y)
			}
		}
	}
	// A column without gaps has a fill for those of another file.
	whole := mustReadTable(t, "a\n1\n2\n6\n", data.TableOptions{Fill: data.FillMedian})
	if x := mustReadTable(t, "a\nNA\n9\n", data.TableOptions{Like: whole}).X; !slices.Equal(x, []float64{2, 9}) {
		t.Errorf("filled %v", x)
	}
}

// TestAllowUnseen: unseen categories, and missing ones where there were none, are nowhere.
func TestAllowUnseen(t *testing.T) {
	text := "a\nw\nu\nNA\n"
	for _, c := range []struct {
		codes bool
		want  []float64
	}{{false, []float64{0, 0, 1, 0, 0, 0}}, {true, []float64{-1, 0, -1}}} {
		train := mustReadTable(t, "a\nu\nv\n", data.TableOptions{Codes: c.codes})
		test := mustReadTable(t, text, data.TableOptions{Like: train, AllowUnseen: true})
		if !slices.Equal(test.X, c.want) {
			t.Errorf("codes %v: %v, want %v", c.codes, test.X, c.want)
		}
	}
}

// TestReadTableLikeBad holds what is said of tables that are not like the first one.
func TestReadTableLikeBad(t *testing.T) {
	const head = "sex,age,\"fare, paid\",port,class,survived\n"
	train := passengerTable(t)
	for _, c := range []struct {
		name, text string
		o          data.TableOptions
		want       string
	}{
		{"unseen", head + "male,1,1,Q,3,no\n", data.TableOptions{}, `line 2, column 10: "Q" is none of the 2 categories of column "port" in the table before`},
		{"unseen number", head + "male,1,1,S,2,no\n", data.TableOptions{}, `line 2, column 12: "2" is none of the 2 categories of column "class" in the table before`},
		{"missing", head + ",1,1,S,3,no\n", data.TableOptions{}, `line 2, column 1: "" is missing in column "sex", and nothing was in the table before`},
		{"class", head + "male,1,1,S,3,perhaps\n", data.TableOptions{AllowUnseen: true}, `line 2, column 14: "perhaps" is none of the 2 categories of column "survived"`},
		{"text", head + "male,old,1,S,3,no\n", data.TableOptions{AllowUnseen: true}, `line 2, column 6: "old" is no number, in column "age" of numbers`},
		{"other column", "deck," + head + "A,male,1,1,S,3,no\n", data.TableOptions{}, `column "deck" is not in the table before`},
		{"no column", "sex,age,port\nmale,1,S\n", data.TableOptions{}, `there is no column "fare, paid", which the table before has; there are "sex", "age", "port"`},
		{"no rows", head, data.TableOptions{}, "the file has no row besides the header"},
		{"options", head, data.TableOptions{Label: "class"}, "an option besides Comma, AllowUnseen and Limit, though there is Like"},
		{"no table", head, data.TableOptions{Like: &data.Table{}}, "the table of Like is none that ReadTable returned"},
		{"limit", head + "male,1,1,S,3,no\n", data.TableOptions{Limit: 8}, "line 2, column 8: more than 8 fields"},
	} {
		if c.o.Like == nil {
			c.o.Like = train
		}
		_, err := data.ReadTable(strings.NewReader(c.text), c.o)
		if err == nil || !strings.HasPrefix(err.Error(), "data: table: ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}
