"""From draft to public: the checklist, the second person, and the moment itself."""
