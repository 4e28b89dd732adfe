#include "guest.h"

/* A byte that is not plain ASCII becomes the character of that number. */
void json_text(const char *key, const char *value, size_t length)
{
	printf(",\"%s\":\"", key);
	for (size_t i = 0; i < length; i++) {
		unsigned char c = value[i];

		if (c < 0x20 || c > 0x7e || c == '"' || c == '\\')
			printf("\\u%04x", c);
		else
			putchar(c);
	}
	putchar('"');
}

void json_number(const char *key, long long value)
{
	printf(",\"%s\":%lld", key, value);
}
