/// Makes the labels of a sweep's points.
struct PointLabel {
    private enum Piece {
        case text(String)
        case axis(Int)
    }

    private var pieces: [Piece] = []

    /// - Parameter template: text with `{path}` for values, a path's last part if it is unique; nil for `name=value`.
    init(template: String?, axes: [SweepAxis]) throws(InputError) {
        guard let template else {
            pieces = Self.standard(axes)
            return
        }
        var rest = Substring(template)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            let fitting = axes.indices.filter { axes[$0].path == name || axes[$0].path.hasSuffix("." + name) }
            guard fitting.count == 1 else {
                let what = fitting.isEmpty ? "\(name) is not varied" : "\(name) could be several paths"
                let notes = ["varied: \(axes.map(\.path).joined(separator: ", "))"]
                throw InputError(.content, file: "--label", what, notes: notes)
            }
            pieces += [.text(String(rest[..<open])), .axis(fitting[0])]
            rest = rest[rest.index(after: close)...]
        }
        pieces.append(.text(String(rest)))
    }

    private static func standard(_ axes: [SweepAxis]) -> [Piece] {
        axes.enumerated().flatMap { index, axis -> [Piece] in
            let isUnique = axes.count { $0.shortName == axis.shortName } == 1
            let name = isUnique ? axis.shortName : axis.path
            return [.text((index > 0 ? " " : "") + name + "="), .axis(index)]
        }
    }

    /// The label of the point with these values.
    func text(_ values: [String]) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .axis(let index): values[index]
            }
        }.joined()
    }
}
