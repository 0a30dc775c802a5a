/* The yardstick: libyaml's bare event parse of every file named on standard input, one a line, on one thread. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { MAX_FILE = 1 << 20, MAX_PATH = 4096 };

int main(void) {
    unsigned char *text = malloc(MAX_FILE);
    char path[MAX_PATH];
    unsigned long events = 0;
    while (text && fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = 0;
        FILE *file = fopen(path, "rb");
        if (!file) return 1;
        size_t length = fread(text, 1, MAX_FILE, file);
        fclose(file);
        yaml_parser_t parser;
        yaml_event_t event;
        int done = 0;
        if (!yaml_parser_initialize(&parser)) return 1;
        yaml_parser_set_input_string(&parser, text, length);
        while (!done && yaml_parser_parse(&parser, &event)) {
            done = event.type == YAML_STREAM_END_EVENT;
            events++;
            yaml_event_delete(&event);
        }
        yaml_parser_delete(&parser);
    }
    printf("%lu\n", events);
    return 0;
}
