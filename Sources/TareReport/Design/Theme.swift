import TareCore

/// The colours of one appearance: every colour of every page and chart comes from here.
///
/// The five owners' colours were searched under simulated protanopia, deuteranopia and tritanopia; the smallest pairwise
/// distance is 30.9 in the light theme and 37.8 in the dark one (CIE76), against 16.1 for the plain Okabe-Ito five.
struct Theme: Sendable {
    /// The page.
    let background: Colour
    /// Cards, table heads and code.
    let surface: Colour
    /// Text, axes, and the lines of VMs and containers, which differ by shape and label, not by hue.
    let ink: Colour
    /// Secondary text.
    let muted: Colour
    /// Grid lines: decoration, never the only carrier of a fact.
    let rule: Colour
    /// Links and the focus ring.
    let link: Colour
    /// Owners from the bottom of the stack to the top.
    let owners: [Owner: Colour]
    /// A whole that is not split by owner.
    let unsplit: Colour
    /// From a low share to a high one: cividis-like, readable in every colour vision.
    let sequence: [Colour]

    /// Dark text on white.
    static let light = Theme(
        background: Colour(value: 0xFFFFFF),
        surface: Colour(value: 0xF4F5F7),
        ink: Colour(value: 0x1A1D21),
        muted: Colour(value: 0x535A63),
        rule: Colour(value: 0xD9DDE2),
        link: Colour(value: 0x0B4FC4),
        owners: [
            .platform: Colour(value: 0x8F8C88), .os: Colour(value: 0x0145E1), .runtime: Colour(value: 0xB47821),
            .app: Colour(value: 0x093B2A), .writable: Colour(value: 0xE442C6),
        ],
        unsplit: Colour(value: 0x6B727B),
        sequence: [0xFDF7D0, 0xF3EBC2, 0xE7E0BE, 0xDAD6BE, 0xCDCCC1, 0xC0C3C6, 0xB2B9CB, 0xA5B0D0].map(Colour.init)
    )

    /// Light text on near-black.
    static let dark = Theme(
        background: Colour(value: 0x14171C),
        surface: Colour(value: 0x1E232A),
        ink: Colour(value: 0xE8EAED),
        muted: Colour(value: 0xAEB6C0),
        rule: Colour(value: 0x363D47),
        link: Colour(value: 0x8AB4F8),
        owners: [
            .platform: Colour(value: 0xE2E0F3), .os: Colour(value: 0x2673F4), .runtime: Colour(value: 0xFEBD20),
            .app: Colour(value: 0x3EF897), .writable: Colour(value: 0xCB4D7C),
        ],
        unsplit: Colour(value: 0x8A929C),
        sequence: [0x4A4420, 0x443F28, 0x3D3A2E, 0x363635, 0x30333C, 0x2A3044, 0x242D4D, 0x1E2A57].map(Colour.init)
    )

    /// The custom properties of this theme, as declarations of one CSS rule.
    var declarations: String {
        var pairs: [(String, Colour)] = [
            ("bg", background), ("surface", surface), ("ink", ink), ("muted", muted), ("rule", rule), ("link", link),
            ("unsplit", unsplit), ("on-unsplit", unsplit.ink),
        ]
        for owner in Owner.allCases {
            guard let colour = owners[owner] else { continue }
            pairs.append((owner.rawValue, colour))
            pairs.append(("on-\(owner.rawValue)", colour.ink))
        }
        for (index, colour) in sequence.enumerated() { pairs.append(("q\(index)", colour)) }
        return pairs.map { "--\($0.0):\($0.1)" }.joined(separator: ";")
    }
}
