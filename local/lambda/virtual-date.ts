/**
 * A `Date` that looks at a virtual clock where the real one would look at the computer's: `new Date()`, `Date()` and
 * `Date.now()`. Everything else, `instanceof` included, stays the real `Date`.
 */
export const virtualDate = (now: () => number): DateConstructor =>
  new Proxy(Date, {
    construct: (target, values: unknown[], newTarget): object => {
      const made: unknown = Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget);
      return made instanceof target ? made : new target(Number.NaN);
    },
    apply: (target) => new target(now()).toString(),
    get: (target, property, receiver): unknown => (property === 'now' ? now : Reflect.get(target, property, receiver)),
  });
