package trace

import (
	"encoding/json"
	"testing"
)

func TestX(t *testing.T) {
	tr, err := Text("ln(x1)+x1*x2-sin(x2)", []string{"x1", "x2"}, []float64{2, 5}, Options{Second: true})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := json.MarshalIndent(tr.Lines, "", " ")
	t.Log(string(s))
	tr.Lines = nil
	tr.Studies = nil
	s, _ = json.MarshalIndent(tr, "", " ")
	t.Log(string(s))
}
