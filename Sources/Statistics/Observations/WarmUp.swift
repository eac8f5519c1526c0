/// Where a series of observations leaves its initial transient.
///
/// The MSER-5 rule (White, "An effective truncation heuristic for bias reduction in simulation output", Simulation 69,
/// 1997; batches of five: White, Cobb and Spratt, Winter Simulation Conference 2000).
public enum WarmUp {
    /// The means of consecutive batches of `size` observations; a last batch that is not full is left out.
    public static func batchMeans(of observations: [Double], size: Int = 5) -> [Double] {
        precondition(size > 0, "a batch has at least one observation")
        return stride(from: 0, to: observations.count - observations.count % size, by: size).map { start in
            observations[start..<start + size].reduce(0, +) / Double(size)
        }
    }

    /// How many leading batch means to leave out, so that the mean of the rest has the least standard error.
    ///
    /// Nil if the least is not in the first half: the series is then too short to tell its transient from the rest.
    /// Zero for fewer than two batches.
    public static func truncation(ofBatchMeans means: [Double]) -> Int? {
        var best = (length: 0, error: Double.infinity)
        var (count, mean, squares) = (0.0, 0.0, 0.0)
        // Backwards, so that each step adds one value to the part that is kept (Welford's update).
        for index in means.indices.reversed() {
            count += 1
            let change = means[index] - mean
            mean += change / count
            squares += change * (means[index] - mean)
            let error = squares / (count * count)
            // A handful of last values may agree by chance; their small error would say nothing.
            if count >= 5 || index == 0, error <= best.error { best = (index, error) }
        }
        return best.length <= means.count / 2 ? best.length : nil
    }
}
