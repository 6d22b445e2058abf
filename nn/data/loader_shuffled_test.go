package data_test

import (
	"slices"
	"testing"

	"github.com/quartet-ad/ad/nn/data"
)

// TestShuffledDependsOnTheEpochAlone holds that an epoch has the same batches whenever it is asked for.
func TestShuffledDependsOnTheEpochAlone(t *testing.T) {
	loader := &data.Loader{Set: data.Iris(), Size: 32}
	batches := loader.Shuffled(5)
	order := func(epoch int) (list []int) {
		n := 0
		for b := range batches(epoch) {
			list = append(list, b.Index...)
			n++
		}
		if n != loader.Batches() || loader.Steps(3) != 3*n {
			t.Errorf("%d batches, Batches is %d, Steps(3) is %d", n, loader.Batches(), loader.Steps(3))
		}
		return list
	}
	first, second := order(0), order(1)
	if slices.Equal(first, second) {
		t.Error("two epochs have one order")
	}
	if again := order(0); !slices.Equal(first, again) {
		t.Error("an epoch has two orders")
	}
	slices.Sort(second)
	for i, k := range second {
		if i != k {
			t.Fatalf("sample %d is missing", i)
		}
	}
}

// TestBatchOfASet holds that it has all samples of a view in order.
func TestBatchOfASet(t *testing.T) {
	view := data.Iris().Subset([]int{149, 0, 70})
	b := view.Batch()
	if !slices.Equal(b.Shape, []int{3, 4}) || !slices.Equal(b.Labels, []int{2, 0, 1}) || !slices.Equal(b.X[4:8], view.Sample(1)) {
		t.Errorf("the batch is %+v", b)
	}
}
