/// One `--where 'A<=B'`: points that break it are left out of a sweep.
///
/// An operand is a varied path, of which the last parts will do if they are unique, or a constant of the other
/// operand's kind, with or without unit. Times compare with times, whatever their units.
public struct SweepConstraint: Sendable {
    private enum Relation: String, CaseIterable {
        case atMost = "<="
        case atLeast = ">="
        case equal = "=="
        case different = "!="
        case less = "<"
        case more = ">"
        case same = "="
    }

    private let text: String
    private let left: String
    private let right: String
    private let relation: Relation

    /// Takes an option apart; throws an `InputError` of kind `usage` if it has no relation or lacks an operand.
    public init(option text: String) throws(InputError) {
        let found = Relation.allCases.compactMap { relation in
            text.range(of: relation.rawValue).map { (relation, $0) }
        }
        // The longer sign wins at the same place: `<=` is not `<`.
        let first = found.min {
            ($0.1.lowerBound, -$0.0.rawValue.count) < ($1.1.lowerBound, -$1.0.rawValue.count)
        }
        guard let (relation, range) = first else { throw Self.usage(text) }
        let trim = { (part: Substring) in String(part).trimmingBlanks }
        (left, right) = (trim(text[..<range.lowerBound]), trim(text[range.upperBound...]))
        guard !left.isEmpty, !right.isEmpty else { throw Self.usage(text) }
        self.text = text
        self.relation = relation
    }

    private static func usage(_ text: String) -> InputError {
        let notes = [
            seenNote(text), "relations: <= >= < > == !=", "such as 'commit_delay<=5000'",
        ]
        return InputError(.usage, file: "--where", "expected A<=B", notes: notes)
    }

    /// Whether a point satisfies it. `values` are those of `axes`, in their order.
    func holds(_ axes: [SweepAxis], _ values: [String]) throws(InputError) -> Bool {
        let leftAxis = try axis(left, axes)
        let rightAxis = try axis(right, axes)
        guard let known = leftAxis ?? rightAxis else { throw unknown(axes) }
        for (operand, axis) in [(left, leftAxis), (right, rightAxis)] where axis == nil {
            try checkIsNoPath(operand, axes)
        }
        do throws(InputProblem) {
            let value = { (axis: Int?, constant: String) throws(InputProblem) in
                try ComparableValue(
                    axis.map { values[$0] } ?? constant, at: SchemaPath(axes[axis ?? known].path),
                    place: axis == nil ? .whereOption : .varyOption)
            }
            return try compare(value(leftAxis, left), value(rightAxis, right))
        } catch {
            throw InputError(.content, file: "--where", [error])
        }
    }

    /// The axis that an operand names; nil if it is a constant.
    private func axis(_ operand: String, _ axes: [SweepAxis]) throws(InputError) -> Int? {
        let path = SchemaPath(operand).canonical.description
        if let exact = axes.firstIndex(where: { $0.path == path }) { return exact }
        var fitting = axes.indices.filter { axes[$0].path.hasSuffix("." + operand) }
        if fitting.isEmpty, let setting = SettingTable.named(operand) {
            fitting = axes.indices.filter { axes[$0].path.hasSuffix("." + setting.name) }
        }
        guard fitting.count > 1 else { return fitting.first }
        let names = fitting.map { axes[$0].path }.joined(separator: ", ")
        throw InputError(.content, file: "--where", "\(operand) could be any of \(names)", notes: [seenNote(text)])
    }

    /// A path that is not varied is no constant either, although it is a string.
    private func checkIsNoPath(_ operand: String, _ axes: [SweepAxis]) throws(InputError) {
        let parts = SchemaPath(operand).parts
        guard parts.count > 1, ScenarioSchema.root.type(at: parts[...]) != nil else { return }
        let notes = [seenNote(text), "varied: \(axes.map(\.path).joined(separator: ", "))"]
        throw InputError(
            .content, file: "--where",
            "\(operand) is not varied, and only varied paths and constants compare", notes: notes)
    }

    private func unknown(_ axes: [SweepAxis]) -> InputError {
        let names = axes.map(\.path)
        let nearest = nearestName(to: left, among: axes.map(\.shortName) + names).map { "nearest: \"\($0)\"" }
        return InputError(
            .content, file: "--where", "neither \"\(left)\" nor \"\(right)\" is varied",
            notes: ["varied: \(names.joined(separator: ", "))", nearest])
    }

    private func compare(_ a: ComparableValue, _ b: ComparableValue) throws(InputProblem) -> Bool {
        switch (relation, a, b) {
        case (.equal, _, _), (.same, _, _): return a == b
        case (.different, _, _): return a != b
        case (.atMost, .number(let a), .number(let b)): return a <= b
        case (.atLeast, .number(let a), .number(let b)): return a >= b
        case (.less, .number(let a), .number(let b)): return a < b
        case (.more, .number(let a), .number(let b)): return a > b
        default:
            throw InputProblem(
                .root, "only == and != compare what is no number", notes: [seenNote(text)])
        }
    }
}

extension String {
    /// The text without blanks at its ends.
    var trimmingBlanks: String {
        var trimmed = drop { $0 == " " }
        while trimmed.last == " " { trimmed.removeLast() }
        return String(trimmed)
    }
}
