package compare

import "math/rand/v2"

// guards is how many perturbed traces a limit is asked of before anyone is convicted.
const guards = 3

// guarded returns the limit of an entry as it is where it is exceeded: the largest of
// those of the trace and of perturbed ones. First-order bounds know nothing of products
// of two errors, which are all that is left where derivatives cancel exactly.
func (j *judgement) guarded(t *table, i int) limit {
	l := t.limits[i]
	if j.e.trace == nil {
		return l
	}
	if j.guards == nil {
		r := rand.New(rand.NewPCG(1, 2))
		for range guards {
			e, form := *j.e, *j.e.form
			form.trace = form.trace.Perturbed(r)
			e.form = &form
			e.limits()
			switch {
			case !e.curved:
			case e.fn.scalar:
				e.limitsSecond()
			default:
				e.hvp.limits = e.limitsWeighted()
			}
			j.guards = append(j.guards, &e)
		}
	}
	for _, e := range j.guards {
		for _, other := range [...]*table{&e.value, &e.jacobian, &e.jvp, &e.vjp, &e.hessian, &e.hvp} {
			if (other.operator == t.operator || other == &e.jacobian && t.operator == "gradient") && i < len(other.limits) {
				if o := other.limits[i]; !(o.Err <= l.Err) {
					l.Err = o.Err
				}
			}
		}
	}
	return l
}
