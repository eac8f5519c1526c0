import CGSL

extension RandomStream {
    /// Lends the stream to a GSL function that draws by itself, as a `gsl_rng`; what it draws is taken from the stream.
    ///
    /// The pointer is valid only inside `body`. `gsl_rng_set` on it begins the stream of that number as a key.
    public mutating func withGSLGenerator<Result>(
        _ body: (UnsafePointer<gsl_rng>) throws -> Result
    ) rethrows -> Result {
        GSL.prepare()
        return try withUnsafeMutablePointer(to: &self) { stream in
            var type = Self.generatorType
            return try withUnsafePointer(to: &type) { type in
                var generator = gsl_rng(type: type, state: stream)
                return try withUnsafePointer(to: &generator, body)
            }
        }
    }

    private static var generatorType: gsl_rng_type {
        let name: StaticString = "walsim"
        return name.utf8Start.withMemoryRebound(to: CChar.self, capacity: name.utf8CodeUnitCount + 1) { name in
            gsl_rng_type(
                name: name, max: UInt.max, min: 0, size: MemoryLayout<RandomStream>.size,
                set: { state, seed in
                    state!.assumingMemoryBound(to: RandomStream.self).pointee = RandomStream(key: UInt64(seed))
                },
                get: { state in UInt(state!.assumingMemoryBound(to: RandomStream.self).pointee.nextUInt64()) },
                get_double: { state in state!.assumingMemoryBound(to: RandomStream.self).pointee.uniform() })
        }
    }
}
