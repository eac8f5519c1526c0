import SimTime
import Statistics

extension ScenarioBuilder {
    /// The distribution of a checked tree. What makes it none is reported, and a constant zero stands in for it.
    mutating func distribution(_ node: JSONNode, at path: SchemaPath) -> Distribution {
        do {
            return try Self.distribution(node)
        } catch let error as DistributionError {
            let form = node.onlyMember.key
            let parameter = error.parameter.isEmpty ? "" : error.parameter + " "
            report(
                path / form, "\(parameter)must \(error.requirement)",
                notes: ["seen \(error.value)" + node.place.suffix])
        } catch {
            report(path, "\(error)", notes: [node.seen])
        }
        return .zero
    }

    private static func distribution(_ node: JSONNode) throws -> Distribution {
        let (form, value) = node.onlyMember
        switch form {
        case "constant": return try .constant(value.nanoseconds)
        case "uniform":
            return try .uniform(min: value.child("min").nanoseconds, max: value.child("max").nanoseconds)
        case "exponential": return try .exponential(mean: value.child("mean").nanoseconds)
        case "lognormal":
            let sigma = value.child("sigma").real
            if let mean = value["mean"] { return try .lognormal(mean: mean.nanoseconds, sigma: sigma) }
            return try .lognormal(median: value.child("median").nanoseconds, sigma: sigma)
        case "gamma":
            let shape = value.child("shape").real
            if let mean = value["mean"] { return try .gamma(shape: shape, mean: mean.nanoseconds) }
            return try .gamma(shape: shape, scale: value.child("scale").nanoseconds)
        case "weibull":
            let shape = value.child("shape").real
            if let mean = value["mean"] { return try .weibull(shape: shape, mean: mean.nanoseconds) }
            return try .weibull(shape: shape, scale: value.child("scale").nanoseconds)
        case "quantiles":
            return try .quantiles(value.list.map { (p: $0.list[0].real, time: $0.list[1].nanoseconds) })
        case "mixture":
            return try .mixture(
                value.list.map { (weight: $0.child("weight").real, of: try distribution($0.child("of"))) })
        default: preconditionFailure("the schema allows \"\(form)\"")
        }
    }
}
