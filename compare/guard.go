package compare

// guarded returns the limit of an entry as it is where it is exceeded: the largest of
// those of the trace and of perturbed ones. First-order bounds know nothing of products
// of two errors, which are all that is left where derivatives cancel exactly.
func (j *judgement) guarded(t *table, i int) limit {
	l := t.limits[i]
	if j.e.trace == nil {
		return l
	}
	if j.guards == nil {
		for _, t := range j.e.trace.Guards() {
			e, form := *j.e, *j.e.form
			form.trace = t
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
