/// The candidate that a mistyped name most likely means; nil if none is close.
///
/// Distance counts insertions, deletions, replacements and swaps of neighbours (optimal string alignment), regardless
/// of case, `_` and `-`. The first of equally near candidates wins.
public func nearestName(to name: String, among candidates: [String]) -> String? {
    let wanted = foldedName(name)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
        let folded = foldedName(candidate)
        let limit = max(1, min(max(wanted.count, folded.count) / 3, 4))
        let distance = alignmentDistance(wanted, folded)
        if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
}

private func foldedName(_ name: String) -> [Unicode.Scalar] {
    // Names are short; a longer text is no misspelling of one and must not cost quadratic time.
    name.lowercased().unicodeScalars.filter { $0 != "_" && $0 != "-" }.prefix(80).map { $0 }
}

private func alignmentDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var rows = [Array(0...b.count)]
    for i in a.indices {
        var row = [i + 1]
        for j in b.indices {
            var distance = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { distance = min(distance, rows[i - 1][j - 1] + 1) }
            row.append(distance)
        }
        rows.append(row)
    }
    return rows[a.count][b.count]
}
