import SimTime

/// The forms of a distribution of durations.
enum DistributionSchema {
    /// Shorter than `Distribution.longest`, and a round number in messages.
    private static let longest = Nanoseconds.seconds(100 * 24 * 3600)
    static let time = SchemaType.duration(.zero...longest)
    private static let positiveTime = SchemaType.duration(Nanoseconds(1)...longest)

    static let object = ObjectSchema.oneKey([
        .optional("constant", time, "Always the same."),
        .optional("uniform", .object(uniform), "Equally likely anywhere between two bounds."),
        .optional("exponential", .object(exponential), "Exponential, as times between independent arrivals."),
        .optional(
            "lognormal", .object(lognormal), "The logarithm is normally distributed: latencies with a long tail."),
        .optional("gamma", .object(shaped), "Gamma."),
        .optional("weibull", .object(shaped), "Weibull."),
        .optional(
            "quantiles", .list(.tuple([.real(0...1), time]), count: 1...10_000),
            "An empirical table: pairs of probability and value, both ascending, linear between."),
        .optional("mixture", .list(.object(component), count: 1...100), "One of several, by weight."),
    ])

    private static let uniform = ObjectSchema(keys: [
        .required("min", time, "Lower bound."),
        .required("max", time, "Upper bound."),
    ])
    private static let exponential = ObjectSchema(keys: [.required("mean", positiveTime, "Mean.")])
    private static let lognormal = ObjectSchema(
        keys: [
            .optional("mean", positiveTime, "Mean."),
            .optional("median", positiveTime, "Median."),
            .required("sigma", .real(0.001...10), "Standard deviation of the logarithm."),
        ], groups: [.init(names: ["mean", "median"], isRequired: true)])
    private static let shaped = ObjectSchema(
        keys: [
            .required("shape", .real(0.05...10_000), "Shape parameter."),
            .optional("mean", positiveTime, "Mean."),
            .optional("scale", positiveTime, "Scale parameter."),
        ], groups: [.init(names: ["mean", "scale"], isRequired: true)])
    private static let component = ObjectSchema(keys: [
        .required("weight", .real(1e-9...1e9), "Weight relative to the others."),
        .required("of", .distribution, "The component."),
    ])
}
