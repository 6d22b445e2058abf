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
			j.guards = append(j.guards, map[string][]limit{
				"value": e.value.limits, "Jacobian": e.jacobian.limits, "gradient": e.jacobian.limits,
				"JVP": e.jvp.limits, "VJP": e.vjp.limits, "Hessian": e.hessian.limits, "HVP": e.hvp.limits,
			})
		}
	}
	for _, limits := range j.guards {
		if of := limits[t.operator]; i < len(of) && !(of[i].Err <= l.Err) {
			l.Err = of[i].Err
		}
	}
	return l
}
