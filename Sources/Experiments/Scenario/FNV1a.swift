/// The 64-bit FNV-1a hash (Fowler, Noll, Vo): the same on every machine, unlike Swift's `Hasher`.
enum FNV1a {
    /// The hash of nothing (`FNV_offset_basis`).
    static let basis: UInt64 = 0xCBF2_9CE4_8422_2325
    /// What the hash is multiplied by after each byte (`FNV_prime`).
    static let prime: UInt64 = 0x100_0000_01B3

    /// The hash of `text` in 16 hexadecimal digits.
    static func digits(of text: String) -> String { digits(hash(of: text)) }

    /// `hash` in 16 hexadecimal digits.
    static func digits(_ hash: UInt64) -> String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    static func hash(of text: String) -> UInt64 {
        text.utf8.reduce(basis) { ($0 ^ UInt64($1)) &* prime }
    }
}
