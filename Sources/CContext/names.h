// Mach-O puts an underscore before every C name, says "private_extern" for hidden, and knows neither types nor sizes.
// One statement a macro: the separator of statements differs between assemblers.
#if defined(__APPLE__)
#define NAME(name) _##name
#define HIDE(name) .private_extern _##name
#define TYPE(name)
#define SIZE(name)
#else
#define NAME(name) name
#define HIDE(name) .hidden name
#define TYPE(name) .type name, %function
#define SIZE(name) .size name, . - name
#endif
