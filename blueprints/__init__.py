"""What a person can do here, one module each, and the ground the modules stand on.

articles        read       the article, the home page, about, the poster, the sitemap
search          find       results, their JSON, the data for searching on the phone
offline         keep       the service worker, what it keeps, the offline page, the manifests
translating     translate  `flask translations …`

The ground: settings, languages, catalogs, meaning, staleness, sign_off, edition, headers, errors,
health.
`docs/architecture.md` says who may import whom; a test holds it.
"""
