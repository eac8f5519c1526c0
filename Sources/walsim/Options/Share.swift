import ArgumentParser

/// A share of a whole, written as `5%` or `0.05`.
struct Share: ExpressibleByArgument {
    /// The share; NaN if the text writes none.
    let value: Double
    private let text: String

    init(_ value: Double) {
        self.value = value
        text = "\(value)"
    }

    /// Takes any text, so that `check` can say what is wrong with it.
    init(argument: String) {
        text = argument
        let isPercentage = argument.hasSuffix("%")
        let digits = isPercentage ? argument.dropLast() : Substring(argument)
        let number = Double(digits.trimmingPrefix { $0 == " " }) ?? .nan
        // Nobody means 500 % by 5, and a limit that nothing exceeds would look like a check.
        guard number >= 0, number < (isPercentage ? 1e6 : 1) else {
            value = .nan
            return
        }
        value = isPercentage ? number / 100 : number
    }

    /// Throws what is wrong with the option's value.
    func check(_ option: String) throws {
        guard value.isNaN else { return }
        let nearest = Double(text).map { $0 >= 1 } ?? false ? "; nearest: \(text)%" : ""
        throw ValidationError("\(option) is \(text); allowed: a share, such as 5% or 0.05\(nearest)")
    }

    var defaultValueDescription: String { "\(value * 100)%".replacing(".0%", with: "%") }
}
