"""What a person can do here, one module each, and the ground the modules stand on.

articles        read       the article, the home page, about, the poster, the sitemap
translating     translate  `flask translations …`

The ground: settings, languages, catalogs, edition, headers, errors, health.
`docs/architecture.md` says who may import whom; a test holds it.
"""
