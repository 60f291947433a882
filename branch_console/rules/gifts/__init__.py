"""Gifts in the journal: claims, stock, leases, entitlements, attested facts, the state of campaigns, the day's end."""
