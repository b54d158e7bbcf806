"""渠道与接入: what the administrator keeps: published channels, labels, telephones, systems."""
